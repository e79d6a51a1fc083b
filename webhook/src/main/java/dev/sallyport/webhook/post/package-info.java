/** Documents posted to webhooks, with the retries that kube-apiserver has. */
@NullMarked
package dev.sallyport.webhook.post;

import org.jspecify.annotations.NullMarked;
