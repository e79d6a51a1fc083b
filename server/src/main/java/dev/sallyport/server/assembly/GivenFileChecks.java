package dev.sallyport.server.assembly;

import dev.sallyport.audit.policy.PolicyFile;
import dev.sallyport.authn.configuration.AuthenticationFile;
import dev.sallyport.authn.configuration.Surroundings;
import dev.sallyport.authn.revocation.RevokedCertificates;
import dev.sallyport.authn.token.file.TokenFile;
import dev.sallyport.authn.x509.TrustBundle;
import dev.sallyport.authz.factory.AuthorizerFactory;
import dev.sallyport.authz.file.FileRoleSource;
import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.file.InvalidFileException;
import dev.sallyport.config.options.FileChecks;
import dev.sallyport.config.reload.FileWatcher;
import dev.sallyport.webhook.kubeconfig.Kubeconfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Looks into files whose form only the rooms behind know, before anything starts. Any thread. */
public final class GivenFileChecks {
  private GivenFileChecks() {}

  public static FileChecks all() {
    return new FileChecks(
        GivenFileChecks::tokens,
        GivenFileChecks::rbac,
        AuthorizerFactory::check,
        Kubeconfig::read,
        GivenFileChecks::auditPolicy,
        GivenFileChecks::revocationLists,
        GivenFileChecks::issuers,
        RouteSources::checkFile,
        RouteSources::checkCluster);
  }

  /** A token file must parse as the first door parses it. */
  private static void tokens(Path file) throws InvalidFileException {
    TokenFile.parse(List.of(FileContent.read(file)));
  }

  /** Issuers, their rules and mappings must be as the first door takes them. */
  private static void issuers(Path file, List<String> ownIssuers, boolean anonymousByFlag)
      throws InvalidFileException {
    AuthenticationFile.parse(
        List.of(FileContent.read(file)), new Surroundings(ownIssuers, anonymousByFlag, List.of()));
  }

  /** An audit policy must parse as the visitors' book parses it. */
  private static void auditPolicy(Path file) throws InvalidFileException {
    PolicyFile.parse(List.of(FileContent.read(file)));
  }

  /** Revocation lists must parse, and be signed by an authority where these are known. */
  private static void revocationLists(Path file, Optional<Path> authorities)
      throws InvalidFileException {
    List<FileContent> lists = List.of(FileContent.read(file));
    if (authorities.isEmpty()) {
      RevokedCertificates.check(lists);
    } else {
      RevokedCertificates.parse(
          lists, TrustBundle.parse(List.of(FileContent.read(authorities.get()))));
    }
  }

  /** Roles and bindings must parse as the second door parses them. */
  private static void rbac(Path files) throws InvalidFileException {
    try (FileWatcher neverStarted = new FileWatcher()) {
      var unused = new FileRoleSource(files, neverStarted);
    }
  }
}
