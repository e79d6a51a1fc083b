package dev.sallyport.resources.registry;

import dev.sallyport.store.StoredObject;
import java.util.List;

/**
 * The outcome of a create, update or patch.
 *
 * @param code 201 when the object is new, else 200
 * @param object its state; after a dry run one that was never stored, with revision 0
 * @param warnings for Warning headers
 */
public record WriteResult(int code, StoredObject object, List<String> warnings) {
  public WriteResult {
    warnings = List.copyOf(warnings);
  }
}
