import '@backstage/ui/css/styles.css';
import { createApp } from '@backstage/frontend-defaults';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import orgPlugin from '@backstage/plugin-org/alpha';
import scaffolderPlugin from '@backstage/plugin-scaffolder/alpha';
import signalsPlugin from '@backstage/plugin-signals/alpha';
import userSettingsPlugin from '@backstage/plugin-user-settings/alpha';
import ReactDOM from 'react-dom/client';
import mlflowPlugin from '../src';
import { signInModule } from './signIn';

// createDevApp of frontend-dev-utils turns the sign-in page off, and the
// backend wants to know who asks.
const app = createApp({
  features: [
    catalogPlugin,
    orgPlugin,
    scaffolderPlugin,
    signalsPlugin,
    userSettingsPlugin,
    mlflowPlugin,
    signInModule,
  ],
});

const root = document.getElementById('root');
if (root) {
  ReactDOM.createRoot(root).render(app.createRoot());
}
