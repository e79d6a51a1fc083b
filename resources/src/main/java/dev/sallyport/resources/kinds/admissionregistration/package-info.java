/** Who has a say in writes: webhooks and policies, as objects. They are not consulted yet. */
@NullMarked
package dev.sallyport.resources.kinds.admissionregistration;

import org.jspecify.annotations.NullMarked;
