/** Events as EventLists, posted to the server of a kubeconfig file. */
@NullMarked
package dev.sallyport.audit.webhook;

import org.jspecify.annotations.NullMarked;
