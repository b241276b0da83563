import { createRoot } from 'react-dom/client';
import './app.css';
import { App } from './app.js';
import { startRouter } from './state/router.js';

startRouter();
createRoot(document.getElementById('app')!).render(<App />);
