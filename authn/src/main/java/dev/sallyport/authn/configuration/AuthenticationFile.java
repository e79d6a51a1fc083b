package dev.sallyport.authn.configuration;

import dev.sallyport.authn.anonymous.AnonymousAccess;
import dev.sallyport.authn.token.introspection.Introspection;
import dev.sallyport.authn.token.oidc.Issuer;
import dev.sallyport.authn.token.oidc.SystemNames;
import dev.sallyport.authn.token.webhook.RoutedWebhook;
import dev.sallyport.authn.x509.TrustBundle;
import dev.sallyport.config.document.ConfigDocuments;
import dev.sallyport.config.document.Fields;
import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.file.InvalidFileException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an AuthenticationConfiguration says, with what stands beside it in a SallyportAuthentication
 * document. Immutable.
 *
 * @param issuers outside issuers, each URL once
 * @param anonymous where anonymous requests may go; empty if the file does not say
 * @param names names of the prefix {@code system:} that others may give, by file and flag
 * @param authorities authorities of client certificates with mappings of their own
 * @param introspections endpoints that are asked about opaque tokens
 * @param webhooks webhooks that are asked about some tokens
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/authentication/#using-authentication-configuration">Using
 *     authentication configuration</a>
 */
public record AuthenticationFile(
    List<Issuer> issuers,
    Optional<AnonymousAccess> anonymous,
    SystemNames names,
    TrustBundle authorities,
    List<Introspection> introspections,
    List<RoutedWebhook> webhooks) {
  private static final Set<String> VERSIONS =
      Set.of("apiserver.config.k8s.io/v1", "apiserver.config.k8s.io/v1beta1");
  private static final String KIND = "AuthenticationConfiguration";

  public AuthenticationFile {
    issuers = List.copyOf(issuers);
    introspections = List.copyOf(introspections);
    webhooks = List.copyOf(webhooks);
  }

  /**
   * Reads a file, for use with a file watcher. Expressions are compiled, so a good file is good
   * wholly.
   *
   * @param files the file, then those of {@link ConfigReferences} as far as they have been read
   * @throws InvalidFileException with all faults
   */
  public static AuthenticationFile parse(List<FileContent> files, Surroundings surroundings)
      throws InvalidFileException {
    FileContent file = files.get(0);
    List<String> faults = new ArrayList<>();
    List<Fields> documents = ConfigDocuments.read(file, faults);
    Optional<Fields> own = pick(documents, SallyportDocument.KIND);
    Optional<Fields> main = pick(documents, KIND);
    SallyportDocument beside = SallyportDocument.read(own, files, surroundings);
    AuthenticationFile read =
        main.map(fields -> read(fields, beside, file, surroundings))
            .orElseGet(
                () ->
                    new AuthenticationFile(
                        List.of(),
                        Optional.empty(),
                        new SystemNames(Set.of()),
                        TrustBundle.EMPTY,
                        List.of(),
                        List.of()));
    if (documents.size() != Stream.of(own, main).flatMap(Optional::stream).count()
        || main.isEmpty()) {
      faults.add(
          "expected one "
              + KIND
              + " ("
              + versions()
              + ") and at most one "
              + SallyportDocument.KIND);
    }
    documents.forEach(Fields::finish);
    if (!faults.isEmpty()) {
      throw new InvalidFileException(file.file(), faults);
    }
    return read;
  }

  static SystemNames names(Collection<String> byFile, Collection<String> byFlag) {
    return new SystemNames(
        Stream.concat(byFile.stream(), byFlag.stream()).collect(Collectors.toSet()));
  }

  private static String versions() {
    return VERSIONS.stream().sorted().collect(Collectors.joining(" or "));
  }

  private static Optional<Fields> pick(List<Fields> documents, String kind) {
    return documents.stream().filter(fields -> fields.text("kind").equals(kind)).findFirst();
  }

  private static AuthenticationFile read(
      Fields fields, SallyportDocument beside, FileContent file, Surroundings surroundings) {
    String version = fields.text("apiVersion");
    if (!VERSIONS.contains(version)) {
      fields.fault("apiVersion", Told.wrong(version, versions()));
    }
    IssuerReader reader = new IssuerReader(file, surroundings.ownIssuers(), beside);
    List<Issuer> issuers = reader.read(fields);
    beside.checkIssuers(reader.urls());
    return new AuthenticationFile(
        issuers,
        AnonymousReader.read(fields, surroundings),
        names(beside.systemNames(), surroundings.systemNames()),
        beside.authorities(),
        beside.introspections(),
        beside.webhooks());
  }
}
