// The page on which a form is filled in: it works without script, which adds a voice.

import './offline.js';
import './speak.js';
