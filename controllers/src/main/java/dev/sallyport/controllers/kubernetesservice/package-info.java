/** The API's own entry in its store: the Service {@code kubernetes}. */
@NullMarked
package dev.sallyport.controllers.kubernetesservice;

import org.jspecify.annotations.NullMarked;
