// Every room's list.
import { authorize } from './authorize.mjs';
import { clients } from './clients.mjs';
import { code } from './code.mjs';
import { consent } from './consent.mjs';
import { console } from './console.mjs';
import { grants } from './grants.mjs';
import { lane } from './lane.mjs';
import { mcp } from './mcp.mjs';
import { people } from './people.mjs';
import { refresh } from './refresh.mjs';
import { sessions } from './sessions.mjs';
import { upkeep } from './upkeep.mjs';
import { tokens } from './tokens.mjs';

export const allMutants = [lane, refresh, code, authorize, consent, tokens, grants, clients, people, sessions, mcp, console, upkeep].flat();
