export * from './Remote';
export * from './remoteView';
export * from './useRemote';
