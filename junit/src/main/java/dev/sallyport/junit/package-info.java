/**
 * For Java tests: a Kubernetes API server in the test's own process, by {@link
 * dev.sallyport.junit.Sallyport#start} or by the JUnit annotation {@link
 * dev.sallyport.junit.SallyportTest}. Whoever uses it blocks; the server behind it never does.
 */
@NullMarked
package dev.sallyport.junit;

import org.jspecify.annotations.NullMarked;
