import { mount } from 'svelte';
import 'yichuang/elements';

import App from './App.svelte';

mount(App, { target: document.querySelector('#app') });
