// The page of a pre-check: the element takes over the form that the server wrote.

import './yichuang/elements.js';
import './offline.js';
import './handover.js';
import './drafts.js';
