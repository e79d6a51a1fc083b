/** Who may have how much of the server, as objects. They do not steer it. */
@NullMarked
package dev.sallyport.resources.kinds.flowcontrol;

import org.jspecify.annotations.NullMarked;
