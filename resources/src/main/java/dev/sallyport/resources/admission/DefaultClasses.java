package dev.sallyport.resources.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.resources.ObjectCodec;
import dev.sallyport.resources.registry.Admission;
import dev.sallyport.store.ResourceStore;
import dev.sallyport.store.ResourceStore.ListOptions;
import dev.sallyport.store.StoredObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Gives new ingresses and claims of volumes that name no class the one that is marked as default;
 * of several the youngest. None, and it stays without.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/">Kubernetes:
 *     DefaultIngressClass, DefaultStorageClass</a>
 */
public final class DefaultClasses implements Admission {

  private static final String INGRESS_ANNOTATION = "kubernetes.io/ingress.class";
  private static final String CLAIM_ANNOTATION = "volume.beta.kubernetes.io/storage-class";

  private static final List<String> INGRESS_DEFAULT =
      List.of("ingressclass.kubernetes.io/is-default-class");
  private static final List<String> STORAGE_DEFAULT =
      List.of(
          "storageclass.kubernetes.io/is-default-class",
          "storageclass.beta.kubernetes.io/is-default-class");

  private final ResourceStore store;
  private final ObjectCodec codec;

  public DefaultClasses(ResourceStore store, ObjectCodec codec) {
    this.store = store;
    this.codec = codec;
  }

  @Override
  public Answer<Request> admit(Request request) {
    ObjectNode object = request.object();
    if (request.operation() != Operation.CREATE
        || object == null
        || !request.subresource().isEmpty()) {
      return Answer.now(request);
    }
    return switch (request.resource().collection()) {
      case "ingress" ->
          given(request, object, "ingressclasses", "ingressClassName", INGRESS_ANNOTATION);
      case "persistentvolumeclaims" ->
          given(request, object, "storageclasses", "storageClassName", CLAIM_ANNOTATION);
      default -> Answer.now(request);
    };
  }

  private Answer<Request> given(
      Request request, ObjectNode object, String classes, String member, String annotation) {
    // A name that is there and empty asks for no class at all.
    if (object.path("spec").has(member)
        || object.path("metadata").path("annotations").has(annotation)) {
      return Answer.now(request);
    }
    List<String> marks = classes.equals("ingressclasses") ? INGRESS_DEFAULT : STORAGE_DEFAULT;
    return store
        .list(classes, "", ListOptions.ALL)
        .map(
            listing -> {
              String chosen = youngest(listing.objects(), marks);
              if (!chosen.isEmpty()) {
                object.withObjectProperty("spec").put(member, chosen);
              }
              return request;
            });
  }

  private String youngest(List<StoredObject> classes, List<String> marks) {
    List<ObjectNode> marked = new ArrayList<>();
    for (StoredObject each : classes) {
      ObjectNode object = codec.read(each.json());
      if (isMarked(object, marks)) {
        marked.add(object);
      }
    }
    marked.sort(
        Comparator.comparing((ObjectNode one) -> text(one, "creationTimestamp"))
            .reversed()
            .thenComparing(one -> text(one, "name")));
    return marked.isEmpty() ? "" : text(marked.get(0), "name");
  }

  private static boolean isMarked(ObjectNode object, List<String> marks) {
    for (String mark : marks) {
      if (object.path("metadata").path("annotations").path(mark).asText().equals("true")) {
        return true;
      }
    }
    return false;
  }

  private static String text(ObjectNode object, String member) {
    return object.path("metadata").path(member).asText();
  }
}
