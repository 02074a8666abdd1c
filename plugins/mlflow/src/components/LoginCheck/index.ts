export { LoginCheck } from './LoginCheck';
