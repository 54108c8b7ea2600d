import { tellSignedIn } from './windows.js';

tellSignedIn();
window.close();
