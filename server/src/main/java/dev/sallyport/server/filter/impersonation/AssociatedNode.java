package dev.sallyport.server.filter.impersonation;

import dev.sallyport.api.Answer;
import dev.sallyport.api.Attributes;
import dev.sallyport.api.RequestInfo;
import dev.sallyport.api.UserInfo;
import dev.sallyport.authz.AuthorizationResult;
import dev.sallyport.authz.Authorizer;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A service account acting as the node its token was issued on. The right is asked for all nodes,
 * since the association is proved by the token already, and without the token's extra values.
 */
final class AssociatedNode implements Authorizer {

  static final String MODE = "associated-node";

  private static final String NODE_NAME = "authentication.kubernetes.io/node-name";
  private static final String KEYS = "authentication.kubernetes.io/associated-node-keys";

  private final Authorizer authorizer;

  AssociatedNode(Authorizer authorizer) {
    this.authorizer = authorizer;
  }

  static boolean applies(UserInfo wanted, UserInfo requestor) {
    String node = KnownUsernames.node(wanted.name());
    return node != null
        && KnownUsernames.serviceAccount(requestor.name()) != null
        && requestor.extra().getOrDefault(NODE_NAME, List.of()).equals(List.of(node));
  }

  @Override
  public Answer<AuthorizationResult> authorize(Attributes attributes) {
    UserInfo user = attributes.user();
    List<String> keys = List.copyOf(new TreeSet<>(user.extra().keySet()));
    UserInfo anywhere = new UserInfo(user.name(), user.uid(), user.groups(), Map.of(KEYS, keys));
    RequestInfo asked = attributes.request();
    return authorizer.authorize(
        new Attributes(
            anywhere, asked.verb().equals("impersonate:" + MODE) ? allNodes(asked) : asked));
  }

  private static RequestInfo allNodes(RequestInfo asked) {
    return RequestInfo.ofResource(
        asked.verb(), asked.apiGroup(), asked.apiVersion(), "", asked.resource(), "", "*");
  }
}
