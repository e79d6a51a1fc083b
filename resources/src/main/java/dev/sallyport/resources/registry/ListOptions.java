package dev.sallyport.resources.registry;

import dev.sallyport.resources.ResourceDefinition;
import dev.sallyport.resources.SelectableField;
import dev.sallyport.resources.selector.FieldSelector;
import dev.sallyport.resources.selector.LabelSelector;
import dev.sallyport.resources.selector.SelectorSyntaxException;
import dev.sallyport.resources.validation.Faults;
import dev.sallyport.store.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The options of a list, watch or deletecollection, read and checked.
 *
 * @param resourceVersion as sent; "" for the newest
 * @param resourceVersionMatch Exact, NotOlderThan or ""
 * @param limit 0 for all
 * @param continueToken "" for the first page
 * @param sendInitialEvents null when it is not given
 * @see <a
 *     href="https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-versions">Resource
 *     versions</a>
 */
public record ListOptions(
    LabelSelector labels,
    FieldSelector fields,
    String resourceVersion,
    String resourceVersionMatch,
    long limit,
    String continueToken,
    boolean watch,
    boolean bookmarks,
    @Nullable Boolean sendInitialEvents,
    long timeoutSeconds) {

  private static final String EXACT = "Exact";
  private static final String NOT_OLDER = "NotOlderThan";

  /**
   * @param watch whether a watch is asked for, by parameter or by path
   * @param name the object's name, for a watch of one object by its path; else ""
   * @throws dev.sallyport.api.StatusException 400 or 422 in the API's words
   */
  public static ListOptions parse(
      QueryParameters query, ResourceDefinition resource, boolean watch, String name) {
    LabelSelector labels;
    FieldSelector fields;
    try {
      labels = LabelSelector.parse(query.text("labelSelector"));
      fields = FieldSelector.parse(query.text("fieldSelector"));
    } catch (SelectorSyntaxException e) {
      throw OptionFaults.badRequest(String.valueOf(e.getMessage()));
    }
    FieldSelector known = withName(known(fields, resource), name);
    ListOptions options =
        new ListOptions(
            labels,
            known,
            query.text("resourceVersion"),
            query.text("resourceVersionMatch"),
            number(query, "limit"),
            query.text("continue"),
            watch,
            query.on("allowWatchBookmarks"),
            query.first("sendInitialEvents") == null ? null : query.on("sendInitialEvents"),
            number(query, "timeoutSeconds"));
    options.check();
    return options;
  }

  private static FieldSelector withName(FieldSelector fields, String name) {
    if (name.isEmpty()) {
      return fields;
    }
    List<FieldSelector.Term> terms = new ArrayList<>(fields.terms());
    terms.add(new FieldSelector.Term("metadata.name", true, name));
    return new FieldSelector(terms);
  }

  private static long number(QueryParameters query, String name) {
    String text = query.text(name);
    if (text.isEmpty()) {
      return 0;
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw OptionFaults.badRequest(OptionFaults.notANumber("ParseInt", text));
    }
  }

  private static FieldSelector known(FieldSelector fields, ResourceDefinition resource) {
    for (FieldSelector.Term term : fields.terms()) {
      if (!isKnown(term.field(), resource)) {
        throw OptionFaults.badRequest(
            resource.selectableFields().isEmpty() && resource.custom() == null
                ? "\"%s\" is not a known field selector: only \"metadata.name\","
                        .formatted(term.field())
                    + " \"metadata.namespace\""
                : "field label not supported: " + term.field());
      }
    }
    return fields;
  }

  private static boolean isKnown(String label, ResourceDefinition resource) {
    if (label.equals("metadata.name") || label.equals("metadata.namespace")) {
      return resource.custom() == null || resource.namespaced() || label.equals("metadata.name");
    }
    for (SelectableField field : resource.selectableFields()) {
      if (field.label().equals(label)) {
        return true;
      }
    }
    return false;
  }

  private void check() {
    Faults faults = new Faults();
    if (watch) {
      checkWatch(faults);
    } else {
      checkList(faults);
    }
    OptionFaults.refuse("ListOptions", faults);
  }

  private void checkWatch(Faults faults) {
    if (sendInitialEvents != null) {
      if (!resourceVersionMatch.equals(NOT_OLDER)) {
        faults.forbidden(
            "resourceVersionMatch",
            "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan");
      }
      return;
    }
    if (!resourceVersionMatch.isEmpty()) {
      faults.forbidden(
          "resourceVersionMatch",
          "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided");
    }
  }

  private void checkList(Faults faults) {
    if (sendInitialEvents != null) {
      faults.forbidden("sendInitialEvents", "sendInitialEvents is forbidden for list");
    }
    if (resourceVersionMatch.isEmpty()) {
      return;
    }
    if (!continueToken.isEmpty()) {
      faults.forbidden(
          "resourceVersionMatch", "resourceVersionMatch is forbidden when continue is provided");
    }
    if (resourceVersion.isEmpty()) {
      faults.forbidden(
          "resourceVersionMatch",
          "resourceVersionMatch is forbidden unless resourceVersion is provided");
    }
    if (!resourceVersionMatch.equals(EXACT) && !resourceVersionMatch.equals(NOT_OLDER)) {
      faults.unsupported("resourceVersionMatch", resourceVersionMatch, EXACT, NOT_OLDER, "");
    }
    if (resourceVersionMatch.equals(EXACT) && resourceVersion.equals("0")) {
      faults.forbidden(
          "resourceVersionMatch",
          "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"");
    }
  }

  /** Whether the objects must be exactly those of the version that is named. */
  boolean exact() {
    return resourceVersionMatch.equals(EXACT)
        || (resourceVersionMatch.isEmpty() && limit > 0 && version() > 0);
  }

  /** The version as a number; 0 for none. A text that is none is refused elsewhere. */
  private long version() {
    try {
      return resourceVersion.isEmpty() ? 0 : Long.parseUnsignedLong(resourceVersion);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** The same selection, read whole and as new as it is. */
  ListOptions newestWhole() {
    return new ListOptions(labels, fields, "", "", 0, "", false, false, null, 0);
  }

  boolean selects() {
    return !labels.everything() || !fields.everything();
  }

  /** Whether an object is meant; null when all are. */
  @Nullable Predicate<StoredObject> filter() {
    return selects() ? this::matches : null;
  }

  /** Whether both selectors accept the object. */
  public boolean matches(StoredObject object) {
    return labels.matches(object.labels()) && fields.matches(object.fields());
  }
}
