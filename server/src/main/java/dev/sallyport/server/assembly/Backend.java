package dev.sallyport.server.assembly;

import dev.sallyport.resources.AnswerEncoder;
import dev.sallyport.resources.ObjectCodec;
import dev.sallyport.resources.ResourceCatalogue;
import dev.sallyport.resources.registry.ResourceRegistry;
import dev.sallyport.store.ResourceStore;
import java.util.List;

/**
 * What stands behind the doors.
 *
 * @param encoders the formats answers are had in, beside JSON
 */
record Backend(
    ResourceStore store,
    ResourceCatalogue catalogue,
    ObjectCodec codec,
    ResourceRegistry registry,
    List<AnswerEncoder> encoders) {}
