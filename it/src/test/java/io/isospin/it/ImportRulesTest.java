package io.isospin.it;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who may know whom; each rule says why. */
class ImportRulesTest {
    private static JavaClasses isospin = new ClassFileImporter().importPackages("io.isospin.none");

    @BeforeAll
    static void read() {
        isospin = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.isospin");
    }

    @Test
    void onlyLinuxTouchesForeignMemoryAndStartsProcesses() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.isospin.linux..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.lang.foreign..")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(ProcessBuilder.class)
                .because("the kernel has one door, behind which a fake can stand")
                .check(isospin);
    }

    @Test
    void sqlIsInOnePlace() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.isospin.server.store.sql..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.sql..")
                .because("every statement must be found, and run on every engine, in one place")
                .check(isospin);
    }

    @Test
    void decisionsKnowNoTransport() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.isospin.server.api..",
                        "io.isospin.server.network..",
                        "io.isospin.server.subnet..",
                        "io.isospin.server.port..",
                        "io.isospin.server.policy..",
                        "io.isospin.server.rbac..",
                        "io.isospin.server.quota..",
                        "io.isospin.server.store..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.helidon..", "java.net.http..", "io.isospin.server.http..")
                .because("deciding is apart from doing: what a request comes to does not depend on how it came")
                .check(isospin);
    }

    @Test
    void theStoreKnowsNoResourceOfItsUsers() {
        noClasses()
                .that()
                .resideInAPackage("io.isospin.server.store..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.isospin.server.network..",
                        "io.isospin.server.subnet..",
                        "io.isospin.server.port..",
                        "io.isospin.server.agent..",
                        "io.isospin.server.feed..")
                .because("a new resource must not change the store")
                .check(isospin);
    }

    @Test
    void theKernelKnowsNoNeutron() {
        noClasses()
                .that()
                .resideInAPackage("io.isospin.linux..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.isospin.core.schema..", "io.isospin.core.host..", "io.isospin.core.config..")
                .because("operations on a kernel are finished before they reach it")
                .check(isospin);
    }

    @Test
    void valueTypesStandAlone() {
        classes()
                .that()
                .resideInAPackage("io.isospin.core.net..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("io.isospin.core.net..", "java..", "org.jspecify..")
                .because("everything else is built on them")
                .check(isospin);
    }

    @Test
    void theServerNeedsNoKernel() {
        noClasses()
                .that()
                .resideInAPackage("io.isospin.server..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("io.isospin.linux..").and(not(resideInAPackage("io.isospin.linux.systemd"))))
                .because("it runs anywhere; being a service of systemd is all that it asks of its host")
                .check(isospin);
    }

    @Test
    void theCommandLineSpeaksHttpAlone() {
        noClasses()
                .that()
                .resideInAPackage("io.isospin.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.isospin.server..", "io.isospin.linux..", "io.isospin.agent..")
                .because("it must work against any Neutron")
                .check(isospin);
    }

    @Test
    void noNameThatSaysNothing() {
        noClasses()
                .should()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Impl")
                .because("a name tells what a thing is for")
                .check(isospin);
    }
}
