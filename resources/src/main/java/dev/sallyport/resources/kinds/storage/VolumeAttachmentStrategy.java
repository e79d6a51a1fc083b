package dev.sallyport.resources.kinds.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.resources.validation.Faults;
import dev.sallyport.resources.validation.Field;
import dev.sallyport.resources.validation.Names;

/** VolumeAttachments: which volume is to be attached to which node, settled at the start. */
final class VolumeAttachmentStrategy implements KindStrategy {

  private static final String ONE_SOURCE =
      "must specify exactly one of inlineVolumeSpec and persistentVolumeName";

  @Override
  public void prepareStatusUpdate(ObjectNode object, ObjectNode old) {
    KindStrategy.super.prepareStatusUpdate(object, old);
    KindStrategy.keepMetadata(object, old);
  }

  @Override
  public void validate(ObjectNode object, Faults faults) {
    Field spec = Field.root(object, faults).at("spec");
    DriverNames.check(spec.at("attacher"));
    Field source = spec.at("source");
    boolean inline = source.at("inlineVolumeSpec").present();
    Field name = source.at("persistentVolumeName");
    if (!inline && !name.present()) {
      source.required(ONE_SOURCE);
    } else if (inline && name.present()) {
      source.forbidden(ONE_SOURCE);
    } else if (name.present() && name.isEmpty()) {
      name.required("must specify non empty persistentVolumeName");
    }
    spec.at("nodeName").is(Names::subdomain);
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, Faults faults) {
    Field.root(object, faults).unchangedIn(old, "spec");
  }
}
