'use client'

import type { Client } from '@datainsight/core/client'
import { createContext } from 'react'

/** The client of the nearest `DataInsightProvider`; undefined outside of one. */
export const ClientContext = createContext<Client | undefined>(undefined)
