package dev.sallyport.junit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Tokens of service accounts, as TokenRequest issues them. */
record ServiceAccounts(Api api) {

  private static final int CONFLICT = 409;

  /** Makes the account if it is missing. */
  String token(String namespace, String name) {
    String accounts = "/api/v1/namespaces/" + namespace + "/serviceaccounts";
    ObjectNode account = object("v1", "ServiceAccount");
    account.putObject("metadata").put("name", name);
    try {
      var unused = api.create(accounts, account.toString());
    } catch (RequestFailedException e) {
      if (e.status() != CONFLICT) {
        throw e;
      }
    }
    ObjectNode request = object("authentication.k8s.io/v1", "TokenRequest");
    request.putObject("spec").put("expirationSeconds", 3600);
    return api.create(accounts + "/" + name + "/token", request.toString())
        .path("status")
        .path("token")
        .asText();
  }

  private static ObjectNode object(String apiVersion, String kind) {
    return JsonNodeFactory.instance.objectNode().put("apiVersion", apiVersion).put("kind", kind);
  }
}
