/** What has a say in every write and needs no configuration: defaults and limits across objects. */
@NullMarked
package dev.sallyport.resources.admission;

import org.jspecify.annotations.NullMarked;
