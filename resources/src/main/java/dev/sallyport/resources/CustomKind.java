package dev.sallyport.resources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.store.StoredObject;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One version of a kind that a CustomResourceDefinition defines: what its schema says, how it is
 * shown, and how its objects are brought from the version they are stored in to this one. Any
 * thread; the schema is compiled when it is first needed.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/extend-kubernetes/api-extension/custom-resources/">Custom
 *     Resources</a>
 */
public interface CustomKind {

  GroupVersionKind kind();

  GroupVersionKind listKind();

  /** Whether the status is written through its subresource, and nowhere else. */
  boolean hasStatus();

  /** Where a scale finds its numbers; null without that subresource. */
  @Nullable ScalePaths scale();

  /** What a table shows behind the name. */
  List<CustomColumn> columns();

  /** What clients of this version are warned of; "" for nothing. */
  String warning();

  /** Whether the definition is being deleted, so that nothing new may come. */
  boolean terminating();

  /** The fields as server-side apply sees them. */
  StructSchema fields();

  /**
   * Removes what the schema does not know.
   *
   * @return the removed fields' paths
   */
  List<String> prune(ObjectNode object);

  /** The component of OpenAPI documents that describes the kind. */
  ObjectNode published();

  /** What changes whenever the definition's specification does. */
  String fingerprint();

  /** Whether a webhook converts between the versions. */
  boolean convertedByWebhook();

  /**
   * A stored object in this version, by today's schema.
   *
   * @return null when a webhook must be asked: {@link #shown}
   */
  @Nullable StoredObject shownNow(StoredObject stored);

  /**
   * Stored objects in this version, in the same order. Fails with 500 when a webhook does not
   * convert them.
   */
  Answer<List<StoredObject>> shown(List<StoredObject> stored);

  /** An object of this version as it is stored; the given one stays as it is. */
  Answer<ObjectNode> toStored(ObjectNode object);

  /**
   * Where autoscaling/v1 Scale finds its numbers.
   *
   * @param selector empty for none
   */
  record ScalePaths(List<String> specReplicas, List<String> statusReplicas, List<String> selector) {
    public ScalePaths {
      specReplicas = List.copyOf(specReplicas);
      statusReplicas = List.copyOf(statusReplicas);
      selector = List.copyOf(selector);
    }
  }

  /**
   * A column of a table.
   *
   * @param type integer, number, string, boolean or date
   * @param value the cell's value in an object; null for none
   */
  record CustomColumn(
      String name,
      String type,
      String format,
      String description,
      int priority,
      Function<JsonNode, @Nullable JsonNode> value) {}
}
