/**
 * What keeps roles and bindings true: the default policy, completed at every start, and
 * ClusterRoles that gather the rules of others.
 */
@NullMarked
package dev.sallyport.controllers.rbac;

import org.jspecify.annotations.NullMarked;
