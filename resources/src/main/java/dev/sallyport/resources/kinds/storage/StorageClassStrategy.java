package dev.sallyport.resources.kinds.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.Defaults;
import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.resources.validation.Faults;
import dev.sallyport.resources.validation.Field;
import dev.sallyport.resources.validation.Names;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * StorageClasses: how volumes are made never changes.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/storage/storage-classes/">Storage classes</a>
 */
final class StorageClassStrategy implements KindStrategy {

  @Override
  public void applyDefaults(ObjectNode object) {
    Defaults.text(object, "reclaimPolicy", "Delete");
    Defaults.text(object, "volumeBindingMode", "Immediate");
  }

  @Override
  public void validate(ObjectNode object, Faults faults) {
    Field root = Field.root(object, faults);
    root.at("provisioner").givenAndIs(text -> Names.qualifiedName(text.toLowerCase(Locale.ROOT)));
    DriverNames.parameters(root.at("parameters"));
    root.at("reclaimPolicy").oneOfIfSet("Delete", "Retain");
    root.at("volumeBindingMode").oneOf("Immediate", "WaitForFirstConsumer");
    root.at("allowedTopologies").each(StorageClassStrategy::topology);
  }

  private static void topology(Field term) {
    Set<String> keys = new HashSet<>();
    term.at("matchLabelExpressions")
        .each(
            expression -> {
              Field key = expression.at("key");
              expression.at("values").given();
              key.is(Names::qualifiedName);
              if (!keys.add(key.text())) {
                key.duplicate();
              }
            });
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, Faults faults) {
    for (String member : new String[] {"parameters", "provisioner", "reclaimPolicy"}) {
      if (!Field.same(object.path(member), old.path(member))) {
        faults.forbidden(member, "updates to " + member + " are forbidden.");
      }
    }
    Field.root(object, faults).unchangedIn(old, "volumeBindingMode");
  }
}
