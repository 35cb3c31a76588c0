/**
 * For pages that cannot write `type="module"`: a classic script that loads the module beside it. Its own address is known
 * only while it runs.
 */
const script = document.currentScript
if (script instanceof HTMLScriptElement) void import(new URL('./datainsight.js', script.src).href)
