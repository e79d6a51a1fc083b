/** ConfigMaps that say what the server wants them to say. */
@NullMarked
package dev.sallyport.controllers.configmap;

import org.jspecify.annotations.NullMarked;
