package dev.sallyport.resources.kinds.autoscaling;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.GroupVersionKind;
import dev.sallyport.resources.kinds.KindStrategy;

/** HorizontalPodAutoscalers, which are served in two versions. */
final class AutoscalerStrategy implements KindStrategy {

  @Override
  public void convert(ObjectNode object, GroupVersionKind to) {
    AutoscalerConversion.convert(object, to);
  }
}
