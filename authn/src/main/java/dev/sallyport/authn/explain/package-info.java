/** Why a credential was believed or not: what each way in says of it. */
@NullMarked
package dev.sallyport.authn.explain;

import org.jspecify.annotations.NullMarked;
