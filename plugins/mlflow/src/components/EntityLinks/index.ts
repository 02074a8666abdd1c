export * from './instanceLinks';
export * from './linkProps';
