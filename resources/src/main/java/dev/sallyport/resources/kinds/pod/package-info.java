/** Pods and the templates of pods that other kinds hold. */
@NullMarked
package dev.sallyport.resources.kinds.pod;

import org.jspecify.annotations.NullMarked;
