/** What a first start makes for itself: authority, certificates, keys and kubeconfigs. */
@NullMarked
package dev.sallyport.server.bootstrap;

import org.jspecify.annotations.NullMarked;
