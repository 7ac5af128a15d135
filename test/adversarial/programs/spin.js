/** Burns processor time without ever looking up. */
for (;;);
