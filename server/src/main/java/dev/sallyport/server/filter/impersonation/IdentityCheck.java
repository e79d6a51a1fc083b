package dev.sallyport.server.filter.impersonation;

import dev.sallyport.api.Answer;
import dev.sallyport.api.Attributes;
import dev.sallyport.api.RequestInfo;
import dev.sallyport.api.Status;
import dev.sallyport.api.UserInfo;
import dev.sallyport.api.WellKnown;
import dev.sallyport.authz.ForbiddenMessage;
import dev.sallyport.server.filter.impersonation.KnownUsernames.ServiceAccount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether somebody may take another's name, uid, groups and extra values, each by itself; and what
 * groups go with the name.
 */
final class IdentityCheck {

  private static final String AUTHENTICATION = "authentication.k8s.io";
  private static final String GROUP_NODES = "system:nodes";

  /** From so many groups or extra values on, a right to all of them is asked for first. */
  private static final int MANY = 4;

  private final Permission permission;
  private final String verb;
  private final boolean constrained;

  /**
   * @param verb what must be allowed on users, groups, uids and userextras
   * @param constrained whether the stricter rules of constrained impersonation hold
   */
  IdentityCheck(Permission permission, String verb, boolean constrained) {
    this.permission = permission;
    this.verb = verb;
    this.constrained = constrained;
  }

  Answer<Impersonation> check(UserInfo wanted, UserInfo requestor) {
    ServiceAccount account = KnownUsernames.serviceAccount(wanted.name());
    String node = constrained ? KnownUsernames.node(wanted.name()) : null;
    List<Attributes> identity = new ArrayList<>(2);
    identity.add(new Attributes(requestor, nameQuestion(wanted.name(), account, node)));
    if (!wanted.uid().isEmpty()) {
      identity.add(
          new Attributes(requestor, question(AUTHENTICATION, "", "uids", "", wanted.uid())));
    }
    return permission
        .checkAll(identity)
        .then(refusal -> refusal.isPresent() ? Answer.now(refusal) : groups(wanted, requestor))
        .then(refusal -> refusal.isPresent() ? Answer.now(refusal) : extra(wanted, requestor))
        .map(
            refusal ->
                refusal.isPresent()
                    ? new Impersonation.Refused(refusal.get())
                    : new Impersonation.Granted(
                        completed(wanted, account, node), constrained ? verb : ""));
  }

  private RequestInfo nameQuestion(
      String name, @Nullable ServiceAccount account, @Nullable String node) {
    String group = constrained ? AUTHENTICATION : "";
    if (account != null) {
      return question(group, account.namespace(), "serviceaccounts", "", account.name());
    }
    return node != null
        ? question(group, "", "nodes", "", node)
        : question(group, "", "users", "", name);
  }

  private RequestInfo question(
      String group, String namespace, String resource, String subresource, String name) {
    return RequestInfo.ofResource(verb, group, "v1", namespace, resource, subresource, name);
  }

  private Answer<Optional<Status>> groups(UserInfo wanted, UserInfo requestor) {
    List<String> groups = wanted.groups();
    if (groups.isEmpty()) {
      return Answer.now(Optional.empty());
    }
    if (constrained && groups.contains("")) {
      return refuse(
          requestor, groupQuestion(""), "impersonating the empty string group is not allowed");
    }
    if (constrained && groups.contains(WellKnown.GROUP_MASTERS)) {
      return refuse(
          requestor,
          groupQuestion(WellKnown.GROUP_MASTERS),
          "impersonating the system:masters group is not allowed");
    }
    List<Attributes> each =
        groups.stream().map(group -> new Attributes(requestor, groupQuestion(group))).toList();
    return constrained && groups.size() >= MANY
        ? allOr(new Attributes(requestor, groupQuestion("*")), each)
        : permission.checkAll(each);
  }

  private RequestInfo groupQuestion(String name) {
    return question(constrained ? AUTHENTICATION : "", "", "groups", "", name);
  }

  private Answer<Optional<Status>> extra(UserInfo wanted, UserInfo requestor) {
    List<Attributes> each = new ArrayList<>();
    wanted
        .extra()
        .forEach(
            (key, values) ->
                values.forEach(
                    value -> each.add(new Attributes(requestor, extraQuestion(key, value)))));
    String fault = constrained ? ExtraRules.fault(wanted.extra()) : "";
    if (!fault.isEmpty()) {
      return refuse(requestor, extraQuestion("", ""), fault);
    }
    return constrained && each.size() >= MANY
        ? allOr(new Attributes(requestor, extraQuestion("*", "*")), each)
        : permission.checkAll(each);
  }

  private RequestInfo extraQuestion(String key, String value) {
    return question(AUTHENTICATION, "", "userextras", key, value);
  }

  private Answer<Optional<Status>> allOr(Attributes all, List<Attributes> each) {
    return permission
        .check(all)
        .then(refusal -> refusal.isEmpty() ? Answer.now(refusal) : permission.checkAll(each));
  }

  private static Answer<Optional<Status>> refuse(
      UserInfo requestor, RequestInfo question, String why) {
    return Answer.now(
        Optional.of(ForbiddenMessage.status(new Attributes(requestor, question), why)));
  }

  private static UserInfo completed(
      UserInfo wanted, @Nullable ServiceAccount account, @Nullable String node) {
    List<String> groups = new ArrayList<>(wanted.groups());
    if (groups.isEmpty() && account != null) {
      groups.add(WellKnown.GROUP_SERVICE_ACCOUNTS);
      groups.add(WellKnown.GROUP_SERVICE_ACCOUNTS + ":" + account.namespace());
    } else if (node != null) {
      groups.add(GROUP_NODES);
    }
    if (wanted.name().equals(WellKnown.USER_ANONYMOUS)) {
      addOnce(groups, WellKnown.GROUP_UNAUTHENTICATED);
    } else if (!groups.contains(WellKnown.GROUP_UNAUTHENTICATED)) {
      addOnce(groups, WellKnown.GROUP_AUTHENTICATED);
    }
    return new UserInfo(wanted.name(), wanted.uid(), groups, wanted.extra());
  }

  private static void addOnce(List<String> groups, String group) {
    if (!groups.contains(group)) {
      groups.add(group);
    }
  }
}
