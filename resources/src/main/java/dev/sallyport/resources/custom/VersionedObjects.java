package dev.sallyport.resources.custom;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.resources.SelectableField;
import dev.sallyport.resources.codec.BuiltInCodec;
import dev.sallyport.resources.codec.SortedTree;
import dev.sallyport.store.Draft;
import dev.sallyport.store.StoredObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Objects between the version they are stored in and the one they are shown in. What was written by
 * today's schema passes untouched, once it has been looked at; the object remembers that.
 */
final class VersionedObjects {

  private final CustomVersion version;
  private final Definition definition;

  /** Kept with objects that are as this version shows them. Holds nothing: objects outlive it. */
  private final Object seen = new Object();

  VersionedObjects(CustomVersion version, Definition definition) {
    this.version = version;
    this.definition = definition;
  }

  private BuiltInCodec codec() {
    return definition.codec();
  }

  private String apiVersion() {
    return version.kind().apiVersion();
  }

  @Nullable StoredObject shownNow(StoredObject stored) {
    if (stored.derived() == seen) {
      return stored;
    }
    ObjectNode object = codec().read(stored.json());
    boolean converted = !object.path("apiVersion").asText().equals(apiVersion());
    if (converted && definition.conversion() != null) {
      return null;
    }
    return settled(stored, object);
  }

  /** The object by today's schema; the stored one itself when that changes nothing. */
  private StoredObject settled(StoredObject stored, ObjectNode object) {
    object.put("apiVersion", apiVersion());
    version.prune(object);
    version.schema().applyDefaults(object);
    Draft draft = codec().draft(version.resource(), SortedTree.of(object));
    boolean same = stored.revision() > 0 && stored.isSameAs(draft) && indexed(stored);
    StoredObject shown =
        same
            ? stored
            : stored.revision() == 0
                ? StoredObject.unsaved(stored.key(), draft)
                : StoredObject.of(stored.key(), stored.revision(), draft);
    shown.keepDerived(seen);
    return shown;
  }

  /** Whether it was stored since the definition names its selectable fields. */
  private boolean indexed(StoredObject stored) {
    for (SelectableField field : version.resource().selectableFields()) {
      if (!stored.fields().containsKey(field.label())) {
        return false;
      }
    }
    return true;
  }

  Answer<List<StoredObject>> shown(List<StoredObject> stored) {
    List<@Nullable StoredObject> shown = new ArrayList<>(stored.size());
    List<StoredObject> foreign = new ArrayList<>();
    for (StoredObject one : stored) {
      StoredObject now = shownNow(one);
      shown.add(now);
      if (now == null) {
        foreign.add(one);
      }
    }
    WebhookConversion conversion = definition.conversion();
    if (foreign.isEmpty() || conversion == null) {
      return Answer.now(whole(shown, List.of()));
    }
    List<ObjectNode> trees = new ArrayList<>(foreign.size());
    foreign.forEach(one -> trees.add(codec().read(one.json())));
    return conversion
        .convert(trees, apiVersion())
        .map(
            converted -> {
              List<StoredObject> found = new ArrayList<>(converted.size());
              for (int i = 0; i < converted.size(); i++) {
                found.add(settled(foreign.get(i), converted.get(i)));
              }
              return whole(shown, found);
            });
  }

  private static List<StoredObject> whole(
      List<? extends @Nullable StoredObject> shown, List<StoredObject> found) {
    List<StoredObject> whole = new ArrayList<>(shown.size());
    int next = 0;
    for (StoredObject one : shown) {
      whole.add(one == null ? found.get(next++) : one);
    }
    return whole;
  }

  Answer<ObjectNode> toStored(ObjectNode object) {
    String wanted = definition.storageKind().apiVersion();
    if (wanted.equals(apiVersion())) {
      return Answer.now(object);
    }
    WebhookConversion conversion = definition.conversion();
    if (conversion != null) {
      return conversion
          .convert(List.of(object), wanted)
          .map(converted -> keepable(converted.get(0)));
    }
    ObjectNode stored = object.deepCopy();
    stored.put("apiVersion", wanted);
    return Answer.now(keepable(stored));
  }

  /** By the stored version's schema, as every object is that is stored. */
  private ObjectNode keepable(ObjectNode object) {
    definition.stored().prune(object);
    return SortedTree.of(object);
  }
}
