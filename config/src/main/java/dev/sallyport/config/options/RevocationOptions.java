package dev.sallyport.config.options;

import static dev.sallyport.config.flags.ValueType.FILE;
import static dev.sallyport.config.flags.ValueType.SWITCH;

import dev.sallyport.config.Faults;
import dev.sallyport.config.RevocationConfig;
import dev.sallyport.config.flags.Flag;
import dev.sallyport.config.flags.FlagSection;
import java.nio.file.Path;
import java.util.Optional;

/** Credentials that are called in before their time. Not known to kube-apiserver. */
final class RevocationOptions {
  private final Flag<Boolean> resource;
  private final Flag<Optional<Path>> clientCrl;

  RevocationOptions(FlagSection section) {
    this.resource =
        section.flag(
            "credential-revocation",
            SWITCH,
            "false",
            "Serve CredentialRevocation objects (group sallyport.dev) and refuse the credentials"
                + " they name. Watches that such a credential has opened end within a second; so do"
                + " those of a credential that expires.");
    this.clientCrl =
        section.flag(
            "client-crl-file",
            FILE,
            "",
            "Revocation lists, PEM or DER, of the authorities in --client-ca-file: certificates on"
                + " them are refused and what they have opened ends. Read again when it changes.");
  }

  void checkFiles(GivenFiles files, FileCheck lists) {
    files.check(clientCrl, "revocation lists of the authorities of client certificates", lists);
  }

  RevocationConfig toConfig(Faults faults) {
    return new RevocationConfig(resource.read(faults), clientCrl.read(faults));
  }
}
