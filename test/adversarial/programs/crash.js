/** Ends as V8 does when it has lost control. */
process.abort();
