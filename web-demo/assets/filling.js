// The page on which a form is filled in: the element takes over the form that the server wrote, and a
// voice reads it out.

import './yichuang/elements.js';
import './offline.js';
import './speak.js';
