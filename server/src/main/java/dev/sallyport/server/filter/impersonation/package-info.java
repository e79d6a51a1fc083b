/**
 * Acting as somebody else by Impersonate-* headers. Every mode of constrained impersonation is
 * tried, then the older way that knows only the verb impersonate.
 */
@NullMarked
package dev.sallyport.server.filter.impersonation;

import org.jspecify.annotations.NullMarked;
