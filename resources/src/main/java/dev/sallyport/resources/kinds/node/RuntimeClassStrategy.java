package dev.sallyport.resources.kinds.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.resources.validation.Faults;
import dev.sallyport.resources.validation.Field;
import dev.sallyport.resources.validation.Names;
import java.util.HashSet;
import java.util.Set;

/**
 * RuntimeClasses: the handler they name stays.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/containers/runtime-class/">Runtime class</a>
 */
final class RuntimeClassStrategy implements KindStrategy {

  @Override
  public void validate(ObjectNode object, Faults faults) {
    Field root = Field.root(object, faults);
    root.at("handler").is(Names::label);
    root.at("overhead", "podFixed").entries(entry -> entry.getValue().nonNegativeQuantity());
    Field scheduling = root.at("scheduling");
    scheduling.at("nodeSelector").labels();
    Set<String> seen = new HashSet<>();
    scheduling
        .at("tolerations")
        .each(
            toleration -> {
              if (!seen.add(toleration.node().toString())) {
                toleration.duplicate();
              }
            });
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, Faults faults) {
    Field.root(object, faults).unchangedIn(old, "handler");
  }
}
