// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.server;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Scopes;
import com.google.inject.Singleton;
import com.google.inject.multibindings.ProvidesIntoSet;
import java.util.List;
import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.apache.james.CoreDataModule;
import org.apache.james.domainlist.api.DomainList;
import org.apache.james.domainlist.lib.DomainListConfiguration;
import org.apache.james.domainlist.memory.MemoryDomainList;
import org.apache.james.mailbox.Authorizator;
import org.apache.james.mailrepository.api.MailRepositoryUrlStore;
import org.apache.james.mailrepository.api.Protocol;
import org.apache.james.mailrepository.memory.MailRepositoryStoreConfiguration;
import org.apache.james.mailrepository.memory.MemoryMailRepository;
import org.apache.james.mailrepository.memory.MemoryMailRepositoryUrlStore;
import org.apache.james.rrt.api.RecipientRewriteTable;
import org.apache.james.rrt.api.RecipientRewriteTableConfiguration;
import org.apache.james.rrt.memory.MemoryRecipientRewriteTable;
import org.apache.james.server.core.configuration.ConfigurationProvider;
import org.apache.james.user.api.UsersRepository;
import org.apache.james.user.memory.MemoryUsersRepository;
import org.apache.james.utils.InitializationOperation;
import org.apache.james.utils.InitilizationOperationBuilder;

/** Domains and users in memory: a server of lists has no mailboxes, but James's protocols ask for them. */
final class LeanDataModule extends AbstractModule {
    @Override
    protected void configure() {
        install(new CoreDataModule());
        bind(MemoryDomainList.class).in(Scopes.SINGLETON);
        bind(DomainList.class).to(MemoryDomainList.class);
        bind(MemoryRecipientRewriteTable.class).in(Scopes.SINGLETON);
        bind(RecipientRewriteTable.class).to(MemoryRecipientRewriteTable.class);
        bind(UsersRepository.class).to(MemoryUsersRepository.class);
        bind(MemoryMailRepositoryUrlStore.class).in(Scopes.SINGLETON);
        bind(MailRepositoryUrlStore.class).to(MemoryMailRepositoryUrlStore.class);
        bind(Authorizator.class).toInstance((user, other) -> Authorizator.AuthorizationState.FORBIDDEN);
    }

    @Provides
    @Singleton
    MemoryUsersRepository users(DomainList domains) {
        return MemoryUsersRepository.withVirtualHosting(domains);
    }

    @Provides
    @Singleton
    RecipientRewriteTableConfiguration rewriting(ConfigurationProvider configurations) throws Exception {
        return RecipientRewriteTableConfiguration.fromConfiguration(
                configurations.getConfiguration("recipientrewritetable"));
    }

    @Provides
    MailRepositoryStoreConfiguration.Item defaultRepository() {
        return new MailRepositoryStoreConfiguration.Item(
                List.of(new Protocol("memory")),
                MemoryMailRepository.class.getName(),
                new BaseHierarchicalConfiguration());
    }

    @ProvidesIntoSet
    InitializationOperation configureDomains(DomainListConfiguration configuration, MemoryDomainList domains) {
        return InitilizationOperationBuilder.forClass(MemoryDomainList.class)
                .init(() -> domains.configure(configuration));
    }

    @ProvidesIntoSet
    InitializationOperation configureRewriting(
            RecipientRewriteTableConfiguration configuration, MemoryRecipientRewriteTable table) {
        return InitilizationOperationBuilder.forClass(MemoryRecipientRewriteTable.class)
                .init(() -> table.setConfiguration(configuration));
    }

    @ProvidesIntoSet
    InitializationOperation configureUsers(ConfigurationProvider configurations, MemoryUsersRepository users) {
        return InitilizationOperationBuilder.forClass(MemoryUsersRepository.class)
                .init(() -> users.configure(configurations.getConfiguration("usersrepository")));
    }
}
