/** Bootstrap tokens, kept as Secrets in kube-system. */
@NullMarked
package dev.sallyport.authn.token.bootstrap;

import org.jspecify.annotations.NullMarked;
