import '../node_modules/dkfds/dist/css/dkfds.min.css';
import './page.css';
import './themes.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.js';
import { present } from '../subgraphs/shared/certain/present.js';

createRoot(present(document.getElementById('page'), 'the place of the page')).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
