@NullMarked
package dev.sallyport.junit;

import org.jspecify.annotations.NullMarked;
