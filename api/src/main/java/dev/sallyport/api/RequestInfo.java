package dev.sallyport.api;

import java.util.List;

/**
 * What is asked, parsed once from method, path and query; the authorizer, the audit log, the store
 * and the upstream all read this one value.
 *
 * <p>Absent parts are "", as on Kubernetes' wire. Immutable.
 *
 * @param resourceRequest whether the path names an API resource (else only verb and path count)
 * @param path the path without the query, percent-decoded once; rules about paths judge this form
 * @param verb get, list, watch, create, update, patch, delete, deletecollection, … for a resource,
 *     or the lower-case method for a path
 * @param apiPrefix "api" or "apis"
 * @param apiGroup "" for the core group
 * @param apiVersion the version, or "*"
 * @param namespace "" at cluster scope
 * @param resource the plural resource name
 * @param subresource what stands behind the object's name, such as status, log or scale
 * @param name the object's name, or the one a metadata.name field selector fixes
 * @param parts the path's segments behind namespace and prefix, for endpoints such as proxy
 * @param selectors to which objects a list, watch or deletecollection limits itself
 * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/authorization/">Kubernetes:
 *     request attributes</a>
 */
public record RequestInfo(
    boolean resourceRequest,
    String path,
    String verb,
    String apiPrefix,
    String apiGroup,
    String apiVersion,
    String namespace,
    String resource,
    String subresource,
    String name,
    List<String> parts,
    Selectors selectors) {

  public RequestInfo {
    parts = List.copyOf(parts);
  }

  /** A request without selectors. */
  public RequestInfo(
      boolean resourceRequest,
      String path,
      String verb,
      String apiPrefix,
      String apiGroup,
      String apiVersion,
      String namespace,
      String resource,
      String subresource,
      String name,
      List<String> parts) {
    this(
        resourceRequest,
        path,
        verb,
        apiPrefix,
        apiGroup,
        apiVersion,
        namespace,
        resource,
        subresource,
        name,
        parts,
        Selectors.NONE);
  }

  /** The same, limited to some objects. */
  public RequestInfo selecting(Selectors some) {
    return new RequestInfo(
        resourceRequest,
        path,
        verb,
        apiPrefix,
        apiGroup,
        apiVersion,
        namespace,
        resource,
        subresource,
        name,
        parts,
        some);
  }

  /** A request for a bare path. */
  public static RequestInfo ofPath(String verb, String path) {
    return new RequestInfo(false, path, verb, "", "", "", "", "", "", "", List.of());
  }

  /** A question about a resource, as access reviews ask it. */
  public static RequestInfo ofResource(
      String verb,
      String apiGroup,
      String apiVersion,
      String namespace,
      String resource,
      String subresource,
      String name) {
    return new RequestInfo(
        true,
        "",
        verb,
        apiGroup.isEmpty() ? "api" : "apis",
        apiGroup,
        apiVersion,
        namespace,
        resource,
        subresource,
        name,
        List.of());
  }

  /** resource or resource/subresource, as RBAC rules and messages name it. */
  public String combinedResource() {
    return subresource.isEmpty() ? resource : resource + "/" + subresource;
  }

  /** Whether the verb only reads: get, list and watch. */
  public boolean readOnly() {
    return verb.equals("get") || verb.equals("list") || verb.equals("watch");
  }
}
