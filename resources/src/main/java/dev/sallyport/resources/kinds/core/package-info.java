/** The core group's kinds without pods: names, defaults, rules, what an update may change. */
@NullMarked
package dev.sallyport.resources.kinds.core;

import org.jspecify.annotations.NullMarked;
