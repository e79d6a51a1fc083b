package dev.sallyport.webhook.kubeconfig;

import dev.sallyport.config.document.Fields;
import dev.sallyport.config.pem.CertifiedKey;
import dev.sallyport.webhook.Secret;
import dev.sallyport.webhook.TlsPeer;
import dev.sallyport.webhook.WebhookTarget;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the cluster and user of a context. */
final class Entries {

  private static final URI NOWHERE = URI.create("https://nowhere.invalid");

  private final Fields root;
  private final NamedFiles files;
  private final String context;

  /**
   * @param context which one counts; "" for the current one
   */
  Entries(Fields root, NamedFiles files, String context) {
    this.root = root;
    this.files = files;
    this.context = context;
  }

  /** Looks at everything and forgets it. */
  void readAll() {
    var unused = target();
  }

  /** What it says; not to be used when there were faults. */
  WebhookTarget target() {
    expect("apiVersion", "v1");
    expect("kind", "Config");
    for (String ignored : List.of("preferences", "extensions")) {
      var unused = root.has(ignored);
    }
    Fields chosen = context.isEmpty() ? current() : named();
    WebhookTarget target = chosen == null ? nowhere() : target(chosen);
    root.finish();
    return target;
  }

  private @Nullable Fields current() {
    return find("context", "contexts", root, "current-context");
  }

  private @Nullable Fields named() {
    var unused = root.has("current-context");
    Fields found = entry("context", "contexts", context);
    if (found == null) {
      root.fault("contexts", "there is none named \"" + context + "\"");
    }
    return found;
  }

  private WebhookTarget target(Fields context) {
    for (String ignored : List.of("namespace", "extensions")) {
      var unused = context.has(ignored);
    }
    Fields cluster = find("cluster", "clusters", context, "cluster");
    boolean nobody = context.text("user").isEmpty();
    Fields user = find("user", "users", nobody ? null : context, "user");
    Optional<ClusterEntry> there = Optional.ofNullable(cluster).map(ClusterEntry::new);
    Optional<UserEntry> us = Optional.ofNullable(user).map(fields -> new UserEntry(fields, files));
    Optional<CertifiedKey> identity = us.flatMap(UserEntry::identity);
    Optional<Secret> authorization = us.flatMap(UserEntry::authorization);
    us.ifPresent(UserEntry::refuseOthers);
    return new WebhookTarget(
        there.flatMap(ClusterEntry::server).orElse(NOWHERE),
        new TlsPeer(
            there.map(each -> each.authorities(files)).orElse(List.of()),
            identity,
            there.flatMap(ClusterEntry::serverName)),
        authorization);
  }

  private static WebhookTarget nowhere() {
    return new WebhookTarget(NOWHERE, TlsPeer.PUBLIC, Optional.empty());
  }

  private void expect(String field, String value) {
    String given = root.text(field);
    if (!given.isEmpty() && !given.equals(value)) {
      root.fault(field, "\"" + given + "\" (expected: " + value + ")");
    }
  }

  /**
   * The entry of a list by its name.
   *
   * @param naming where the name is given; null if nobody gives one
   */
  private @Nullable Fields find(
      String kind, String list, @Nullable Fields naming, String namingField) {
    String wanted = naming == null ? "" : naming.text(namingField);
    Fields found = entry(kind, list, wanted);
    if (naming != null && wanted.isEmpty()) {
      naming.fault(namingField, "missing");
    } else if (naming != null && found == null) {
      naming.fault(namingField, "\"" + wanted + "\" is not among the " + list);
    }
    return found;
  }

  private @Nullable Fields entry(String kind, String list, String wanted) {
    Fields found = null;
    for (Fields entry : root.objects(list)) {
      boolean named = entry.text("name").equals(wanted) && !wanted.isEmpty();
      // Entries that are not asked for are not looked into.
      if (entry.has(kind) && named && found == null) {
        found = entry.object(kind);
      }
    }
    return found;
  }
}
