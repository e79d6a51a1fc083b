/** What follows from bootstrap tokens: expired ones go, cluster-info is signed by the others. */
@NullMarked
package dev.sallyport.controllers.bootstrap;

import org.jspecify.annotations.NullMarked;
