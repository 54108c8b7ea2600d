import { tellSignedIn } from './session/windows.js';

tellSignedIn();
window.close();
