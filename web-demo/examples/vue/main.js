import { createApp } from 'vue';
import 'yichuang/elements';

import App from './App.vue';

createApp(App).mount('#app');
