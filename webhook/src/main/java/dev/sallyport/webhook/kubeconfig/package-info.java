/** Kubeconfig files, as webhooks are told by them. */
@NullMarked
package dev.sallyport.webhook.kubeconfig;

import org.jspecify.annotations.NullMarked;
