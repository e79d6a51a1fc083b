package dev.sallyport.resources.custom;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import java.util.List;

/** Asks a webhook to bring objects into another version. Any thread; never blocks. */
@FunctionalInterface
public interface VersionConverter {

  /**
   * The objects as the webhook answered them, in the same number and order; nothing of them is
   * checked. Fails when there is no such answer; the failure's message says why in one line.
   */
  Answer<List<ObjectNode>> convert(
      ConversionWebhook webhook, String desiredApiVersion, List<ObjectNode> objects);
}
